const NAMESPACE = "http://www.w3.org/2000/svg";
/** Dots of a PNG for each dot of the page. */
const SCALE = 2;

/** Gives a drawing to the browser as a file, on the colour of the page. */
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
  // Links lead somewhere only from the page itself.
  for (const link of copy.querySelectorAll("a")) link.replaceWith(...link.childNodes);
  const text = new XMLSerializer().serializeToString(copy);
  const svg = new Blob([text], { type: "image/svg+xml" });
  offer(name.endsWith(".png") ? await raster(text, width, height) : svg, name);
}

async function raster(text: string, width: number, height: number): Promise<Blob> {
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

function offer(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
