import middy from '@middy/core'
import httpRouterHandler, { type Method } from '@middy/http-router'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { Refusal } from '../../protocol/refusals.ts'
import { routes } from '../../protocol/routes.ts'
import { keepStats } from '../middleware/keep-stats.ts'
import { logging } from '../middleware/logging.ts'
import { metering } from '../middleware/metering.ts'
import { refusals } from '../middleware/refusals.ts'
import { addressOf, type ServedRoute } from '../middleware/route.ts'
import type { HttpFunction, TellingServices } from '../middleware/services.ts'

/** Monitors ask with HEAD, and look at the status alone. */
const answerHead = <F extends HttpFunction>({ name, handle }: ServedRoute<F>, services: TellingServices<F>) => ({
  method: 'HEAD' as const,
  path: routes[name].path,
  handler: async (event: APIGatewayProxyEventV2) => ({ ...(await handle(event, services)), body: '' }),
})

/** A Lambda handler for these routes of the contract. Everything else below its greedy route is 404. */
export const createRouter = <F extends HttpFunction>(served: readonly ServedRoute<F>[], services: TellingServices<F>) =>
  middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>()
    .use(keepStats<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(services))
    .use(metering<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(services.settings))
    // Used before the refusals, so that it runs after them, and logs the answer that the refusal became.
    .use(
      logging<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2>(
        (event, result) => ({
          route: `${event.requestContext.http.method} ${event.rawPath}`,
          status: result?.statusCode ?? 0,
        }),
        (event) => addressOf(event, services),
      ),
    )
    .use(refusals())
    .handler(
      httpRouterHandler({
        routes: [
          ...served.map(({ name, handle }) => ({
            method: routes[name].method as Method,
            path: routes[name].path,
            handler: (event: APIGatewayProxyEventV2) => handle(event, services),
          })),
          ...served.filter(({ name }) => name === 'health').map((route) => answerHead(route, services)),
          // Browsers ask before they call from another origin. The API adds what the settings allow; they want a 2xx.
          { method: 'OPTIONS', path: '/{proxy+}', handler: async () => ({ statusCode: 204 }) },
        ],
        notFoundResponse: () => {
          throw new Refusal('not_found')
        },
      }),
    )
