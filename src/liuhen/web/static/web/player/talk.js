// Asking the server, and telling the viewer what came of it.

export const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

/** The refusal's own words, for the viewer; `code` for us. */
export class Refused extends Error {
  constructor(said) {
    super(said.message);
    this.code = said.code;
  }
}

/** POST form fields; answers the JSON. Throws Refused, or what fetch throws without a network. */
export async function post(url, fields = {}) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": token(), Accept: "application/json" },
    body: new URLSearchParams(fields),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Refused(said);
  return said;
}

/** Words of the page with their braces filled in. */
export const speaker = (words) => (key, facts = {}) =>
  Object.entries(facts).reduce((text, [name, value]) => text.replace(`{${name}}`, value), words[key]);

/** One line under the picture, gone after a while; errors stay until the next one. */
export function notices(line, say) {
  let timer = 0;
  const show = (text, isBad = false) => {
    clearTimeout(timer);
    line.textContent = text;
    line.classList.toggle("watch-notice-bad", isBad);
    line.hidden = !text;
    if (text && !isBad) timer = setTimeout(() => show(""), 5000);
  };
  const blame = (wrong) => show(wrong instanceof Refused ? wrong.message : say("noAnswer"), true);
  return { show, blame };
}
