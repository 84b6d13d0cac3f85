package dev.wonflow.local.spring;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.Deflater;

/**
 * A Spring Boot executable jar, unpacked as its own {@code extract} does it: an ordinary jar beside a folder of
 * libraries. A virtual machine for each jar would take seconds of a first start; and what several jars hold is written
 * once, each layout having a link to it.
 */
final class ExecutableJar {

    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String LIBRARIES = "BOOT-INF/lib/";

    private final Path jar;

    ExecutableJar(Path jar) {
        this.jar = jar;
    }

    /**
     * Unpacks it.
     *
     * @param layout a new folder
     * @param libraries where libraries are kept, those of other jars too; on the file system of the layout
     */
    void unpack(Path layout, Path libraries) throws IOException {
        Path lib = Files.createDirectories(layout.resolve("lib"));
        Files.createDirectories(libraries);
        try (JarFile whole = new JarFile(jar.toFile(), false)) {
            for (String library : classPath(whole)) {
                JarEntry entry = whole.getJarEntry(library);
                Path kept = kept(libraries, entry);
                if (!Files.exists(kept)) {
                    keep(whole, entry, kept);
                }
                Files.createLink(lib.resolve(name(library)), kept);
            }
            writeProgram(whole, layout.resolve(jar.getFileName()));
        }
    }

    /** Its libraries in the order in which they are searched, each where {@link #unpack} keeps it. */
    List<Path> keptIn(Path libraries) throws IOException {
        List<Path> kept = new ArrayList<>();
        try (JarFile whole = new JarFile(jar.toFile(), false)) {
            for (String library : classPath(whole)) {
                kept.add(kept(libraries, whole.getJarEntry(library)));
            }
        }
        return kept;
    }

    /** The class it starts with. */
    String mainClass() throws IOException {
        try (JarFile whole = new JarFile(jar.toFile(), false)) {
            return value(whole.getManifest().getMainAttributes(), "Start-Class");
        }
    }

    private static Path kept(Path libraries, JarEntry library) {
        return libraries.resolve(Long.toHexString(library.getCrc()) + "-" + name(library.getName()));
    }

    /** The order in which libraries are searched. */
    private List<String> classPath(JarFile whole) throws IOException {
        String index = value(whole.getManifest().getMainAttributes(), "Spring-Boot-Classpath-Index");
        try (InputStream in = whole.getInputStream(whole.getJarEntry(index))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("- \""))
                    .map(line -> line.substring(3, line.lastIndexOf('"')))
                    .toList();
        }
    }

    /** Under its name only when it is whole; another service that unpacks at the same time may have been faster. */
    private static void keep(JarFile whole, JarEntry entry, Path kept) throws IOException {
        Path unfinished = Files.createTempFile(kept.resolveSibling("."), "library-", ".unfinished");
        try (InputStream in = whole.getInputStream(entry)) {
            Files.copy(in, unfinished, StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            Files.createLink(kept, unfinished);
        } catch (FileAlreadyExistsException _) {
            // The same bytes, by name and checksum.
        }
        Files.delete(unfinished);
    }

    private void writeProgram(JarFile whole, Path program) throws IOException {
        Manifest manifest = new Manifest(whole.getManifest());
        Attributes attributes = manifest.getMainAttributes();
        List<String> libraries =
                classPath(whole).stream().map(library -> "lib/" + name(library)).toList();
        attributes.put(Attributes.Name.MAIN_CLASS, value(attributes, "Start-Class"));
        attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", libraries));
        attributes.keySet().removeIf(name -> name.toString().matches("Start-Class|Spring-Boot-(Classes|Lib|.*-Index)"));
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(program));
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            out.setLevel(Deflater.NO_COMPRESSION);
            for (JarEntry entry : entries(whole)) {
                String name = entry.getName();
                boolean ours = name.startsWith(CLASSES) && !name.equals(CLASSES);
                boolean about = name.startsWith("META-INF/maven/") || name.startsWith("META-INF/spring");
                if (ours || about) {
                    JarEntry copy = new JarEntry(ours ? name.substring(CLASSES.length()) : name);
                    copy.setTime(entry.getTime());
                    out.putNextEntry(copy);
                    try (InputStream in = whole.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                    out.closeEntry();
                }
            }
        }
    }

    private static List<JarEntry> entries(JarFile whole) {
        List<JarEntry> entries = new ArrayList<>();
        for (Iterator<JarEntry> all = whole.entries().asIterator(); all.hasNext(); ) {
            entries.add(all.next());
        }
        return entries;
    }

    private static String name(String library) {
        return library.substring(LIBRARIES.length());
    }

    private String value(Attributes attributes, String name) throws IOException {
        String value = attributes.getValue(name);
        if (value == null) {
            throw new IOException(
                    jar + ": no " + name + " in its manifest (expected: a jar of spring-boot-maven-plugin)");
        }
        return value;
    }
}
