import { expect, test } from "vitest";
import { isWithin, networkOf } from "./networks.ts";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::1:2:3", "2001:db8:0:0::/64"],
  ["64:ff9b::203.0.113.7", "64:ff9b:0:0::/64"],
  ["2001:db8:1:2:3:4:203.0.113.7", "2001:db8:1:2::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["not an address", "not an address"],
])("the network of %s is %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([
  ["203.0.113.7", ["203.0.113.0/24"], true],
  ["203.0.114.7", ["203.0.113.0/24"], false],
  ["::ffff:203.0.113.7", ["203.0.113.0/24"], true],
  ["203.0.113.7", ["198.51.100.1", "203.0.113.7"], true],
  ["203.0.113.8", ["198.51.100.1", "203.0.113.7"], false],
  ["2001:db8:0:1::5", ["2001:db8::/48"], true],
  ["2001:db8:1::5", ["2001:db8::/48"], false],
  ["2001:db8::5", ["0.0.0.0/0"], false],
  ["unknown", ["0.0.0.0/0", "::/0"], false],
])("%s is within %j: %s", (address, networks, isIt) => {
  expect(isWithin(address, networks)).toBe(isIt);
});
