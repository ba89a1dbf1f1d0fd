import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";

/**
 * The secret behind the `#` of a link that was sent, which no server is told; null where there is none. It is taken out
 * of the address at once and held only while the page is open.
 */
export function useLinkToken(
  to: "/invitation" | "/reset-password" | "/confirm-email" | "/sign-up",
): string | null {
  const hash = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  const [token, setToken] = useState(hash);
  useEffect(() => {
    if (hash === "") return;
    setToken(hash);
    void navigate({ to, hash: "", replace: true });
  }, [hash, navigate, to]);
  return token === "" ? null : token;
}
