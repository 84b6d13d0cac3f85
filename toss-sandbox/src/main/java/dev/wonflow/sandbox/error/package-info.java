/** What the sandbox refuses with: the codes Toss publishes, with their HTTP status and wording. */
@NullMarked
package dev.wonflow.sandbox.error;

import org.jspecify.annotations.NullMarked;
