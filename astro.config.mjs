import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { checkContent } from './src/build/check-content.ts';
import { finishDist } from './src/build/finish-dist.ts';
import { readNavigation, readPublisher } from './src/loaders/read-content.ts';
import { separateElisions } from './src/build/separate-elisions.ts';
import { starlightSidebar } from './src/build/sidebar.ts';

const publisher = readPublisher();

export default defineConfig({
  site: process.env.SITE_URL || 'http://localhost:8888',
  trailingSlash: 'always',
  // Readers pay for data: nothing is fetched that they did not ask for.
  prefetch: false,
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  integrations: [
    checkContent(),
    // Starlight, next, has Pagefind read the pages.
    separateElisions(),
    starlight({
      title: publisher.name,
      locales: { root: { label: 'Français', lang: 'fr' } },
      sidebar: starlightSidebar(readNavigation()),
      // Pages built outside Starlight share its chrome; see docs/decisions/0003.
      disable404Route: true,
      credits: false,
      expressiveCode: false,
      markdown: { processedDirs: ['./content/'], headingLinks: false },
      favicon: '/favicon.svg',
      customCss: ['./src/styles/site.css', './src/styles/article.css'],
      head: [{ tag: 'meta', attrs: { name: 'twitter:card', content: 'summary' } }],
      components: {
        Banner: './src/components/starlight/Nothing.astro',
        ContentPanel: './src/components/starlight/Passthrough.astro',
        Footer: './src/components/starlight/Footer.astro',
        Header: './src/components/starlight/Nothing.astro',
        MarkdownContent: './src/components/starlight/MarkdownContent.astro',
        PageFrame: './src/components/starlight/PageFrame.astro',
        PageSidebar: './src/components/starlight/Nothing.astro',
        PageTitle: './src/components/starlight/PageTitle.astro',
        Sidebar: './src/components/starlight/Sidebar.astro',
        SkipLink: './src/components/starlight/SkipLink.astro',
        ThemeProvider: './src/components/starlight/ThemeProvider.astro',
        TwoColumnContent: './src/components/starlight/Passthrough.astro',
      },
    }),
    finishDist(),
  ],
});
