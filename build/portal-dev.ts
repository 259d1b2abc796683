// `npm run portal:dev`: the portal from its sources, made anew at every change, over a platform that runs already (`lanyard up`).
// LANYARD_PORTAL says where, http://127.0.0.1:8480 when left out.
import { portalConfig } from './portal.ts'

const platform = process.env['LANYARD_PORTAL'] ?? 'http://127.0.0.1:8480'
const { createServer } = await import('vite')

/** The tenant that the platform's own page names; the sources' page has none. */
async function tenantOf(origin: string): Promise<string> {
  const page = await (await fetch(origin)).text()
  const [, tenant] = /<meta name="lanyard-tenant" content="([^"]+)"/.exec(page) ?? []
  if (tenant === undefined) throw new Error(`${origin} is not the portal of a platform. Start one with lanyard up.`)
  return tenant
}

const tenant = await tenantOf(platform)
const server = await createServer({
  ...portalConfig(new URL('..', import.meta.url).pathname),
  logLevel: 'info',
  plugins: [
    {
      name: 'lanyard-platform',
      transformIndexHtml: () => [
        { tag: 'meta', attrs: { name: 'lanyard-tenant', content: tenant }, injectTo: 'head' },
        // The authority knows no other address of the portal; the proxy turns its redirects to this server.
        { tag: 'meta', attrs: { name: 'lanyard-redirect-uri', content: `${new URL(platform).origin}/` }, injectTo: 'head' },
      ],
    },
  ],
  server: {
    host: '127.0.0.1',
    // The platform answers to its own name alone, and to no page of another.
    proxy: {
      [`^/(subscriptions|providers|tenants|v1\\.0|beta|${tenant}|common|organizations)(/|\\?|$)`]: {
        target: platform,
        changeOrigin: true,
        headers: { origin: new URL(platform).origin },
        configure: (proxy) =>
          proxy.on('proxyRes', ({ headers }, { headers: { host = '' } }) => {
            if (headers.location) headers.location = headers.location.replace(new URL(platform).origin, `http://${host}`)
          }),
      },
    },
  },
})
await server.listen()
server.printUrls()
