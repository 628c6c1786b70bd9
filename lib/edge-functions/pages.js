// CloudFront Function: every page of the web client is one document, but for /docs; files keep their names.
function handler(event) {
  const request = event.request
  if (/^\/docs\/?$/.test(request.uri)) request.uri = '/docs.html'
  else if (!/\.[a-z0-9]+$/i.test(request.uri)) request.uri = '/index.html'
  return request
}
