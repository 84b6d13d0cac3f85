/** Tests of the HTTP face: forms, limits, answers. */
@NullMarked
package dev.wonflow.webhook.web;

import org.jspecify.annotations.NullMarked;
