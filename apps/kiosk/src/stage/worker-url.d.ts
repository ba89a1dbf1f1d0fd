declare module "hls.js/dist/hls.worker.js?url" {
  const address: string;
  export default address;
}
