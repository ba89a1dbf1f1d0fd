/**
 * A certificate for 127.0.0.1 that signed itself, so that nobody trusts it who was not told to; good until 2126.
 * Made for tests: `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 36500 …`.
 */
export const OWN_CERTIFICATE = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgbjW62Ise8H1eHlvW
j9jfU55jSvQb+p5GNWy8iOJwxwqhRANCAAQy/53Qkcf1KHS/ySbFv/97G08r7SiZ
bqQ6nvkjZIinunQhr+avZCoVVSKK5dlK/fTp0yGh4zruYkJK5F8bwz/i
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBjzCCATWgAwIBAgITZatiAlTWWV85bVFdjihCXG/3CDAKBggqhkjOPQQDAjAU
MRIwEAYDVQQDDAkxMjcuMC4wLjEwIBcNMjYxMTIxMTgzMTUwWhgPMjEyNjEwMjgx
ODMxNTBaMBQxEjAQBgNVBAMMCTEyNy4wLjAuMTBZMBMGByqGSM49AgEGCCqGSM49
AwEHA0IABDL/ndCRx/UodL/JJsW//3sbTyvtKJlupDqe+SNkiKe6dCGv5q9kKhVV
Iorl2Ur99OnTIaHjOu5iQkrkXxvDP+KjZDBiMB0GA1UdDgQWBBRsfIpauuIlymto
u34sDmSAAmQOozAfBgNVHSMEGDAWgBRsfIpauuIlymtou34sDmSAAmQOozAPBgNV
HRMBAf8EBTADAQH/MA8GA1UdEQQIMAaHBH8AAAEwCgYIKoZIzj0EAwIDSAAwRQIg
V9zRw41veJaxhrvugf5plOmqYY/B3anV+/5/LFwQu/oCIQDF4PRHqje0hJlz01dF
/XTqs55EbUJZENf1Z4jRAQhvSQ==
-----END CERTIFICATE-----`,
};
