/** Arms and lists faults over HTTP. */
@NullMarked
package dev.wonflow.sandbox.fault.web;

import org.jspecify.annotations.NullMarked;
