import { createCheckedApp } from '../lib/checked-app.ts'
import { WebAclStack } from '../lib/web-acl-stack.ts'

// For the setting webAclArn, by one or several stages.
new WebAclStack(createCheckedApp({}), 'streamit-web-acl')
