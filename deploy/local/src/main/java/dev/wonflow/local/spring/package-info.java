/** The Spring Boot applications of the stack, started as fast as the virtual machine allows. */
@NullMarked
package dev.wonflow.local.spring;

import org.jspecify.annotations.NullMarked;
