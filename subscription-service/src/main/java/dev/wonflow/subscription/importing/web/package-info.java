/** HTTP face of the import. */
@NullMarked
package dev.wonflow.subscription.importing.web;

import org.jspecify.annotations.NullMarked;
