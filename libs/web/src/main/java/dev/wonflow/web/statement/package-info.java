/** What routes and bodies say of themselves beyond their types. Nothing reads it while a service runs. */
@NullMarked
package dev.wonflow.web.statement;

import org.jspecify.annotations.NullMarked;
