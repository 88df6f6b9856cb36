// One function for each sample operation, on its generated types. It compiles only as long as the API gives
// what is used here, null where the API may give null, and no type that isn't dealt with.

import { ask } from "./ask";
import {
  GuideDocument,
  type GuideQuery,
  type HomeQuery,
  type InitiativeQuery,
  type InitiativesQuery,
  type MapQuery,
  type NodesQuery,
  type PictureFragment,
  type PilotsQuery,
  type RouteQuery,
  type SearchQuery,
  type SitemapQuery,
  type ViewerQuery,
} from "./gql/graphql";

export async function guide(endpoint: string, key: string): Promise<GuideQuery> {
  return ask(endpoint, GuideDocument, { key });
}

export function phases(answer: GuideQuery): { title: string; required: string[] }[] {
  const page = answer.site?.pages.nodes[0];
  if (!page || !("phases" in page)) {
    return [];
  }
  return page.phases.map((phase) => ({
    title: phase.title,
    required: phase.tasks.filter((task) => task.required).map((task) => task.title),
  }));
}

export function menu(answer: HomeQuery): [title: string, url: string][] {
  return answer.site?.main?.items.map((item) => [item.title, item.url]) ?? [];
}

export function picture(image: PictureFragment): { src: string; srcset: string; alt: string } {
  const sources = image.srcSet.map((source) => `${source.url} ${source.width}w`);
  return { src: image.variant.url, srcset: sources.join(", "), alt: image.alt };
}

type Initiative = NonNullable<NonNullable<InitiativeQuery["site"]>["initiative"]>;

export function story(initiative: Initiative): string[] {
  return initiative.story.map((block) => {
    switch (block.__typename) {
      case "HeadingBlock":
        return `<h${block.level} id="${block.anchor}">${block.text}</h${block.level}>`;
      case "ParagraphBlock":
        return block.richText.html;
      case "ImageBlock":
        return block.decorative ? "" : (block.caption ?? block.image?.alt ?? "");
      default:
        // Blocks of plugins that this site doesn't know.
        return "";
    }
  });
}

export function percentOfMinimum(answer: InitiativesQuery): Map<string, number | null> {
  const found = answer.initiatives.nodes.map(
    (node) => [node.title, node.funding?.summary.percentOfMinimum ?? null] as const,
  );
  return new Map(found);
}

export function pins(answer: MapQuery): { title: string; at: [number, number] }[] {
  return (answer.site?.initiatives.nodes ?? []).flatMap(({ title, place }) =>
    place?.latitude != null && place.longitude != null
      ? [{ title, at: [place.latitude, place.longitude] satisfies [number, number] }]
      : [],
  );
}

export function titles(answer: NodesQuery): string[] {
  return answer.nodes.flatMap((node) => (node && "title" in node ? [node.title] : []));
}

export function running(answer: PilotsQuery): string[] {
  const pilots = answer.pilots.edges.map((edge) => edge.node);
  return pilots.filter((pilot) => pilot.status === "RUNNING").map((pilot) => pilot.name);
}

type Routed = { status: 200; title: string } | { status: 301 | 302; location: string } | { status: 401 | 404 | 410 };

export function routed(answer: RouteQuery): Routed {
  const route = answer.site?.route;
  if (!route) {
    return { status: 404 };
  }
  switch (route.__typename) {
    case "PageRoute":
      return { status: 200, title: route.page.seo.title || route.page.title };
    case "RedirectRoute":
      return { status: route.permanent ? 301 : 302, location: route.location };
    case "GoneRoute":
      return { status: 410 };
    case "RestrictedRoute":
      return { status: 401 };
    default:
      return never(route);
  }
}

export function next(answer: SearchQuery): string | null {
  const page = answer.site?.search.pageInfo;
  return page?.hasNextPage ? page.endCursor : null;
}

export function addresses(answer: SitemapQuery): string[] {
  return answer.site?.sitemap.nodes.map((entry) => entry.url) ?? [];
}

export function refusals(answer: ViewerQuery): string[] {
  const actions = answer.viewer?.initiatives.flatMap((initiative) => initiative.viewerCan) ?? [];
  return actions.flatMap((can) => (can.allowed ? [] : [can.code ?? can.action]));
}

function never(value: never): never {
  throw new Error(`Not dealt with: ${JSON.stringify(value)}`);
}
