/** Every input of the router that takes an address of something elsewhere: where it goes and with what. */
export const URL_FIELDS: readonly { path: string; field: string }[] = [
  { path: "assets.createWeb", field: "url" },
  { path: "assets.createStream", field: "url" },
  { path: "assets.update", field: "url" },
];
