const PALETTES = [
  ["#6366f1", "#f472b6", "#1e1b4b"],
  ["#0ea5e9", "#99f6e4", "#0c4a6e"],
  ["#f97316", "#fde68a", "#7c2d12"],
  ["#22c55e", "#d9f99d", "#14532d"],
  ["#a855f7", "#fda4af", "#3b0764"],
  ["#334155", "#94a3b8", "#020617"],
  ["#e11d48", "#fdba74", "#4c0519"],
] as const;

/** A landscape of shapes, different for each number, so that pictures in tests look like pictures. */
export function pictureSvg(number: number, width = 640, height = 360): string {
  const [from, to, ground] = PALETTES[number % PALETTES.length] ?? PALETTES[0];
  const sun = 60 + ((number * 97) % (width - 120));
  const hill = height * (0.45 + ((number * 13) % 25) / 100);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><rect width="${width}" height="${height}" fill="url(#g)"/><circle cx="${sun}" cy="${height * 0.3}" r="${height * 0.12}" fill="#fff" fill-opacity=".85"/><path d="M0 ${hill + 60} Q${width * 0.25} ${hill - 60} ${width * 0.5} ${hill + 30} T${width} ${hill} V${height} H0z" fill="${ground}" fill-opacity=".55"/><path d="M0 ${hill + 110} Q${width * 0.3} ${hill + 20} ${width * 0.6} ${hill + 90} T${width} ${hill + 70} V${height} H0z" fill="${ground}" fill-opacity=".8"/></svg>`;
}
