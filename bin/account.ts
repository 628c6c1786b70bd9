import { createCheckedApp } from '../lib/checked-app.ts'
import { GatewayLogsStack } from '../lib/gateway-logs-stack.ts'

// What an account has once in each region, for every stage and every other API there.
new GatewayLogsStack(createCheckedApp({}), 'streamit-gateway-logs')
