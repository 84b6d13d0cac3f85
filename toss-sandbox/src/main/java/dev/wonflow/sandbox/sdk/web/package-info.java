/** The browser SDK over HTTP: its script, the calls of the script, and the widgets a shop's page shows. */
@NullMarked
package dev.wonflow.sandbox.sdk.web;

import org.jspecify.annotations.NullMarked;
