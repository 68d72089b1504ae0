// Whoever is logged in on the page is logged in here; an API key can be given by the button Authorize.
SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, validatorUrl: null });
