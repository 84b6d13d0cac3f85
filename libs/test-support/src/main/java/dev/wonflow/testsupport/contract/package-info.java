/** The event contracts as tests use them: samples to read and to compare with, schemas to check against. */
@NullMarked
package dev.wonflow.testsupport.contract;

import org.jspecify.annotations.NullMarked;
