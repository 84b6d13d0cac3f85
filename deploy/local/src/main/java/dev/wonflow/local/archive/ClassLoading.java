package dev.wonflow.local.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * The program that a virtual machine runs to archive classes: it loads them and ends. Its own jar is the first on the
 * class path of the archive's user, because a class path must begin as it did when the archive was made; so it uses
 * nothing but the JDK.
 */
final class ClassLoading {

    private ClassLoading() {}

    /** Reads lines of the standard input, each a package and the names of its classes. */
    public static void main(String[] args) throws IOException {
        ClassLoader libraries = ClassLoader.getSystemClassLoader();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                for (int i = 1; i < words.length; i++) {
                    load(words[0] + "." + words[i], libraries);
                }
            }
        }
    }

    private static void load(String name, ClassLoader libraries) {
        try {
            Class.forName(name, false, libraries);
        } catch (ClassNotFoundException | LinkageError _) {
            // Of a library that is not on this path, or that lacks one it could work with.
        }
    }
}
