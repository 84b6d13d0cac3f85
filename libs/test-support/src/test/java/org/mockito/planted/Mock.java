package org.mockito.planted;

/** Stands for the library, which is not on the class path. */
public final class Mock {}
