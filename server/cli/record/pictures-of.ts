/** The pictures of a rendered lesson, with their options. Pure. */
import type { PictureOptions } from '../../course/schema/picture-schema.ts';

/** Of HTML that course/render.ts made. */
export function picturesOf(html: string): PictureOptions[] {
  const figures = html.matchAll(/<figure class="picture" data-picture="([^"]+)" data-options="([^"]*)">/g);
  return [...figures].map(([, name = '', options = '']) => {
    const written = JSON.parse(
      options
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    ) as object;
    return { name, ...written } as PictureOptions;
  });
}
