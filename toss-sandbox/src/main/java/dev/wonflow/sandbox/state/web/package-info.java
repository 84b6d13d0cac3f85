/** The control API of snapshots, and the gate every call goes through. */
@NullMarked
package dev.wonflow.sandbox.state.web;

import org.jspecify.annotations.NullMarked;
