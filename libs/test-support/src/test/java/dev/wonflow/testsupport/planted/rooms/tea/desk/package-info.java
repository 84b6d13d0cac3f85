/** Its adapter. */
@NullMarked
package dev.wonflow.testsupport.planted.rooms.tea.desk;

import org.jspecify.annotations.NullMarked;
