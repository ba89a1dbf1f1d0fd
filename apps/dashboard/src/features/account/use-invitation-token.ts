import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";

/**
 * The secret behind the `#` of an invitation's address, which no server is told; null where there is none. It is
 * taken out of the address at once and held only while the page is open.
 */
export function useInvitationToken(): string | null {
  const hash = useLocation({ select: (location) => location.hash });
  const navigate = useNavigate();
  const [token, setToken] = useState(hash);
  useEffect(() => {
    if (hash === "") return;
    setToken(hash);
    void navigate({ to: "/invitation", hash: "", replace: true });
  }, [hash, navigate]);
  return token === "" ? null : token;
}
