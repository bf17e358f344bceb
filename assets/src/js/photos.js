// <div class="drop">: several photos from camera or files, with previews, made smaller before they travel.
import { fresh, word } from "./words.js";

const EDGE = 2000;
const SMALL = 600 * 1024;

async function smaller(file) {
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || file.size < SMALL) return file;
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (error) {
    return file;
  }
  const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.86));
  if (!blob || blob.size >= file.size) return file;
  return new File([blob], file.name, { type: "image/jpeg", lastModified: file.lastModified });
}

function size(bytes) {
  return bytes > 1048576 ? `${(bytes / 1048576).toFixed(1)} MB` : `${Math.ceil(bytes / 1024)} KB`;
}

function preview(file, remove) {
  const item = document.createElement("li");
  if (file.type.startsWith("image/")) {
    const image = document.createElement("img");
    image.src = URL.createObjectURL(file);
    image.alt = file.name;
    image.onload = () => URL.revokeObjectURL(image.src);
    item.append(image);
  } else {
    const box = document.createElement("span");
    box.className = "drop-file";
    box.textContent = (file.name.split(".").pop() || "").toUpperCase();
    item.append(box);
  }
  const name = document.createElement("span");
  name.className = "drop-name";
  name.textContent = `${size(file.size)} · ${file.name}`;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", word("remove", { name: file.name }));
  button.addEventListener("click", remove);
  item.append(name, button);
  return item;
}

function drop(box) {
  const [main, ...others] = box.querySelectorAll('input[type="file"]');
  const list = box.querySelector(".drop-list");
  const shrink = box.hasAttribute("data-shrink");
  let files = [];

  function show() {
    const basket = new DataTransfer();
    files.forEach((file) => basket.items.add(file));
    main.files = basket.files;
    list.replaceChildren(...files.map((file, index) => preview(file, () => {
      files.splice(index, 1);
      show();
    })));
  }

  async function take(chosen) {
    box.setAttribute("aria-busy", "true");
    const ready = await Promise.all([...chosen].map((file) => (shrink ? smaller(file) : file)));
    files = main.multiple ? [...files, ...ready] : ready.slice(-1);
    show();
    box.removeAttribute("aria-busy");
    box.dispatchEvent(new CustomEvent("photos", { bubbles: true, detail: { count: files.length } }));
  }

  main.addEventListener("change", () => take([...main.files].filter((file) => !files.includes(file))));
  others.forEach((input) => input.addEventListener("change", () => {
    take(input.files);
    input.value = "";
  }));
  box.addEventListener("dragover", (event) => {
    event.preventDefault();
    box.classList.add("drop-over");
  });
  ["dragleave", "drop"].forEach((name) => box.addEventListener(name, () => box.classList.remove("drop-over")));
  box.addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}

export function photos(root) {
  fresh(root, ".drop", "_drop").forEach(drop);
}
