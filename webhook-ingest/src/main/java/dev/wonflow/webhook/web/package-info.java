/** HTTP face of the ingest: reads bodies within limits and answers Toss. */
@NullMarked
package dev.wonflow.webhook.web;

import org.jspecify.annotations.NullMarked;
