/** Long lists, page by page. */
@NullMarked
package dev.wonflow.web.page;

import org.jspecify.annotations.NullMarked;
