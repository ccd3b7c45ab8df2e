// SVG by the DOM: nothing of it passes through markup, so a name can't become code.

const SVG = "http://www.w3.org/2000/svg";

export function put(parent, name, facts = {}, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(facts)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  parent.append(made);
  return made;
}

/** What is read when the pointer rests on it. */
export const told = (shape, text) => {
  put(shape, "title", {}, text);
  return shape;
};
