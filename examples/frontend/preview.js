// The preview page of a frontend, without any tools: takes the token that the admin's preview puts into the
// address, asks the API with it, and draws the unsaved page.

const KEY = "stedskaping-preview";

const PARTS = `
  fragment Blocks on Block {
    __typename
    id
    ... on HeadingBlock { text level anchor }
    ... on ParagraphBlock { richText { html } }
    ... on ImageBlock { image { ...Picture } caption decorative }
    ... on QuoteBlock { quote attribution }
    ... on ChecklistBlock { title entries }
    ... on CalloutBlock { tone title richText { html } }
    ... on ActionBlock { label href }
    ... on VideoBlock { url title }
    ... on DocumentBlock { title document { url } }
    ... on AccordionBlock { sections { title richText { html } } }
  }
  fragment Picture on Image { alt variant(width: 1280) { url width height } }
`;

const QUERY = `
  query Preview {
    preview {
      mode
      page {
        __typename
        title
        path
        locale { code }
        ... on HomePage { intro { html } body { ...Blocks } }
        ... on PilotPage { intro { html } image { ...Picture } body { ...Blocks } }
        ... on CoursePage { intro { html } body { ...Blocks } }
        ... on ArticlePage { lead: intro image { ...Picture } body { ...Blocks } }
        ... on ArticleIndexPage { lead: intro }
        ... on InitiativeIndexPage { intro { html } }
        ... on GuidePage { intro { html } phases { title summary } }
        ... on Initiative { lead: summary image { ...Picture } body: story { ...Blocks } }
        ... on PhasePage {
          lead: summary
          body: guidance { ...Blocks }
          tasks { title help { html } required }
          requirements { label blocking }
        }
      }
    }
  }
  ${PARTS}
`;

/** The token: once from the address, which then forgets it; after a reload from this tab's own storage. */
function takeToken() {
  const address = new URL(location.href);
  const token = address.searchParams.get("token");
  if (token) {
    sessionStorage.setItem(KEY, token);
    address.searchParams.delete("token");
    history.replaceState(null, "", address);
  }
  return token ?? sessionStorage.getItem(KEY) ?? "";
}

async function fetchPreview(token) {
  const response = await fetch("/graphql", {
    method: "POST",
    // Never the editor's session: the token alone says what may be seen.
    credentials: "omit",
    headers: { "Content-Type": "application/json", "X-Preview-Token": token },
    body: JSON.stringify({ query: QUERY }),
  });
  const answer = await response.json();
  if (answer.errors) {
    throw new Error(answer.errors[0].message);
  }
  return answer.data.preview;
}

/** An element with attributes and children; texts are never read as HTML. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Rich text; the API has sanitised its HTML. */
function rich(text) {
  const made = element("div", { class: "rich" });
  made.innerHTML = text?.html ?? "";
  return made;
}

function picture(image, alt = image?.alt ?? "") {
  if (!image) {
    return null;
  }
  const { url, width, height } = image.variant;
  return element("img", { src: url, width, height, alt });
}

/** A link to a web page; nothing for other kinds of addresses. */
function link(href, text, attributes = {}) {
  return /^(https?:|mailto:|tel:|\/(?!\/))/.test(href ?? "") ? element("a", { ...attributes, href }, text) : text;
}

const BLOCKS = {
  HeadingBlock: (block) => element(`h${block.level}`, { id: block.anchor }, block.text),
  ParagraphBlock: (block) => rich(block.richText),
  ImageBlock: (block) =>
    element("figure", {}, picture(block.image, block.decorative ? "" : block.image?.alt),
      block.caption ? element("figcaption", {}, block.caption) : null),
  QuoteBlock: (block) =>
    element("blockquote", {}, element("p", {}, block.quote),
      block.attribution ? element("footer", {}, block.attribution) : null),
  ChecklistBlock: (block) =>
    element("section", { class: "checklist" }, block.title ? element("h3", {}, block.title) : null,
      element("ul", {}, block.entries.map((entry) => element("li", {}, entry)))),
  CalloutBlock: (block) =>
    element("aside", { class: `callout ${block.tone}` }, block.title ? element("h3", {}, block.title) : null,
      rich(block.richText)),
  ActionBlock: (block) => element("p", {}, link(block.href, block.label, { class: "action" })),
  VideoBlock: (block) => element("p", {}, "▶ ", link(block.url, block.title || block.url)),
  DocumentBlock: (block) => element("p", {}, link(block.document?.url, block.title)),
  AccordionBlock: (block) =>
    element("div", {}, block.sections.map((section) =>
      element("details", { open: "" }, element("summary", {}, section.title), rich(section.richText)))),
};

/** A block of a plugin that this page doesn't know is named, so that nobody misses it. */
function draw(block) {
  return BLOCKS[block.__typename]?.(block) ?? element("p", { class: "unknown" }, block.__typename);
}

function list(title, rows) {
  return rows?.length ? element("section", {}, element("h2", {}, title), element("ol", {}, rows)) : null;
}

function show(page) {
  document.title = page.title;
  document.getElementById("page").lang = page.locale.code;
  document.getElementById("page").replaceChildren(
    element("p", { class: "path" }, page.path),
    element("h1", {}, page.title),
    ...[
      page.lead ? element("p", { class: "lead" }, page.lead) : null,
      page.intro ? rich(page.intro) : null,
      picture(page.image),
      ...(page.body ?? []).map(draw),
      list("Phases", page.phases?.map((phase) => element("li", {}, element("strong", {}, phase.title), " ", phase.summary))),
      list("Tasks", page.tasks?.map((task) =>
        element("li", {}, element("strong", {}, task.title), task.required ? "" : " (optional)", rich(task.help)))),
      list("Requirements", page.requirements?.map((row) => element("li", {}, row.label))),
    ].filter(Boolean),
  );
}

function say(sentence) {
  document.getElementById("page").replaceChildren(element("p", { class: "lead" }, sentence));
}

try {
  const preview = await fetchPreview(takeToken());
  if (preview?.page) {
    show(preview.page);
  } else {
    say("This preview is over. Open it again from the admin.");
  }
} catch (error) {
  say(`The preview can't be shown: ${error.message}`);
}
document.getElementById("page").removeAttribute("aria-busy");
