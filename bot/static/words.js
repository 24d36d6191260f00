// The sentences that our scripts say, in the reader's language: the page brings them.

const { lang } = document.documentElement;
const all = JSON.parse(document.querySelector("meta[name=words]")?.content ?? "{}");
const kinds = new Intl.PluralRules(lang);

export const number = (value) => value.toLocaleString(`${lang}-u-nu-latn`);

// What is said of a count has a sentence for each kind of number: see `forms`.
export function words(key, values = {}) {
  const said = all[key] ?? "";
  const text = typeof said === "string" ? said : said[kinds.select(values.count)] ?? said.other;
  return text.replace(/\{(\w+)\}/g, (place, name) => {
    const value = values[name] ?? place;
    return typeof value === "number" ? number(value) : value;
  });
}
