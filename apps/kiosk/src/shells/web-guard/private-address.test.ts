import { describe, expect, it } from "vitest";
import { createAllowance, isPrivateAddress, isPrivateName } from "./private-address.ts";

const PRIVATE = `
0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.0 10.0.0.1 10.11.12.13 10.255.255.255 100.64.0.0 100.64.0.1 100.100.100.200
100.127.255.255 127.0.0.0 127.0.0.1 127.1.2.3 127.255.255.255 169.254.0.0 169.254.169.254 169.254.255.255 172.16.0.0
172.16.0.1 172.20.10.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.0 192.168.0.1
192.168.1.254 192.168.255.255 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1
255.255.255.254 255.255.255.255
:: ::1 0:0:0:0:0:0:0:1 ::2 ::127.0.0.1 ::10.0.0.1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1
::FFFF:192.168.1.1 ::ffff:169.254.169.254 ::ffff:0:127.0.0.1 ::ffff:0:192.168.0.1 64:ff9b::127.0.0.1 64:ff9b::a00:1
64:ff9b::192.168.1.1 64:ff9b:1::1 64:ff9b:1::8.8.8.8 100::1 fc00:: fc00::1 fd00::1 fd12:3456:789a::1 fdff:ffff::1
fe80::1 fe80::1%eth0 febf::1 fec0::1 ff02::1 ff05::2 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:10::1
2001:20::1 2001:db8::1 2001:db8:ffff::1 2002:7f00:1:: 2002:a00:1::1 2002:c0a8:101::1 3fff::1 4000::1 5f00::1 7fff::1
8000::1 fbff::1 localhost example.com 256.1.1.1 1.2.3 0x7f.1 2130706433`;

const PUBLIC = `
1.0.0.1 1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1
169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 185.199.108.153 192.0.1.1 192.0.3.1 192.167.255.255 192.169.0.0
198.17.255.255 198.20.0.0 198.51.99.1 203.0.112.1 203.0.114.1 223.255.255.255
2000::1 2001:200::1 2001:4860:4860::8888 2001:db7::1 2606:4700:4700::1111 2a00:1450:4001:80b::200e 2003::1
2002:808:808::1 3ffe::1 ::ffff:8.8.8.8 ::ffff:808:808 ::ffff:0:8.8.8.8 64:ff9b::8.8.8.8 64:ff9b::808:808`;

const listOf = (text: string) => text.trim().split(/\s+/);

describe("private addresses", () => {
  it.each(listOf(PRIVATE))("%s is one, or no address at all", (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });
  it.each(listOf(PUBLIC))("%s is none", (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});

const NEAR =
  "localhost LOCALHOST app.localhost printer menu.local menu.local. nas.lan router.home.arpa db.internal x.home";
const FAR = "example.com local.example.com localhost.example a.b.co.uk example.com.";

it("tells names that can only mean something near from others", () => {
  expect(listOf(NEAR).filter((name) => !isPrivateName(name))).toEqual([]);
  expect(listOf(FAR).filter(isPrivateName)).toEqual([]);
});

describe("an allowance", () => {
  it("of a name is of that name alone", () => {
    const { allowsName, allowsAddress } = createAllowance(["Menu.local"]);
    expect([allowsName("menu.LOCAL."), allowsName("x.menu.local"), allowsName("local")]).toEqual([
      true,
      false,
      false,
    ]);
    expect(allowsAddress("192.168.4.2")).toBe(false);
  });

  it("of an address is of all its spellings", () => {
    const { allowsAddress } = createAllowance(["192.168.4.2", "fd00::1"]);
    const asked = [
      "192.168.4.2",
      "::ffff:192.168.4.2",
      "::ffff:c0a8:402",
      "fd00:0:0::1",
      "192.168.4.3",
      "fd00::2",
    ];
    expect(asked.filter(allowsAddress)).toEqual(asked.slice(0, 4));
  });

  it("of a range ends where the range does", () => {
    const { allowsAddress } = createAllowance(["192.168.4.0/23", "fd00:1::/32", "10.0.0.7/32"]);
    const asked = ["192.168.4.0", "192.168.5.255", "fd00:1:ffff::1", "10.0.0.7"];
    expect([...asked, "192.168.6.0", "192.168.3.255", "fd00:2::1", "10.0.0.8"].filter(allowsAddress)).toEqual(
      asked,
    );
  });

  it("of what makes no sense allows nothing", () => {
    const { allowsAddress, allowsName } = createAllowance([
      "10.0.0.0/33",
      "fd00::/129",
      "menu.local/8",
      "10.0.0.0/",
      "",
    ]);
    expect(["10.0.0.1", "fd00::1"].some(allowsAddress) || allowsName("menu.local")).toBe(false);
  });
});
