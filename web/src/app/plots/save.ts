const NAMESPACE = "http://www.w3.org/2000/svg";
/** Pixels of a PNG per CSS pixel. */
const SCALE = 2;

/** Saves a drawing as a file, with the background color of the page. */
export async function save(drawing: SVGSVGElement, name: string, paper: string): Promise<void> {
  const { width, height } = drawing.getBoundingClientRect();
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const background = document.createElementNS(NAMESPACE, "rect");
  background.setAttribute("width", "100%");
  background.setAttribute("height", "100%");
  background.setAttribute("fill", paper);
  copy.prepend(background);
  copy.setAttribute("xmlns", NAMESPACE);
  copy.setAttribute("color", drawing.style.color);
  // Relative links do not work outside the site.
  for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  const text = new XMLSerializer().serializeToString(copy);
  const svg = new Blob([text], { type: "image/svg+xml" });
  download(name.endsWith(".png") ? await rasterize(text, width, height) : svg, name);
}

async function rasterize(text: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * SCALE;
  canvas.height = height * SCALE;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
  );
}

function download(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
