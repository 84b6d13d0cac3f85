/** OpenAPI documents of the services, made in their tests from the routes that run. */
@NullMarked
package dev.wonflow.openapi;

import org.jspecify.annotations.NullMarked;
