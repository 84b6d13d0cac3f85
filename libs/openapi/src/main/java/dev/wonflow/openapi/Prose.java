package dev.wonflow.openapi;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the Javadoc in the sources says of types, methods and the components of records, as Markdown. */
final class Prose {

    private static final Comment NOTHING = new Comment("", "", Map.of());

    private final Map<String, Comment> comments = new HashMap<>();

    private Prose() {}

    /**
     * A comment.
     *
     * @param summary its first sentence
     * @param rest what follows
     * @param parameters what it says of each
     */
    record Comment(String summary, String rest, Map<String, String> parameters) {

        String whole() {
            return rest.isEmpty() ? summary : summary + " " + rest;
        }
    }

    /** Reads all sources below some folders. */
    static Prose of(List<Path> roots) {
        List<Path> sources = new ArrayList<>();
        for (Path root : roots) {
            try (Stream<Path> all = Files.walk(root)) {
                all.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            } catch (IOException e) {
                throw new UncheckedIOException("sources: " + root + " (expected: a folder)", e);
            }
        }
        Prose prose = new Prose();
        prose.read(sources);
        return prose;
    }

    Comment ofType(Class<?> type) {
        return comments.getOrDefault(name(type), NOTHING);
    }

    Comment ofMethod(Class<?> type, String method) {
        return comments.getOrDefault(name(type) + "#" + method, NOTHING);
    }

    private static String name(Class<?> type) {
        return Objects.requireNonNull(type.getCanonicalName(), type::getName);
    }

    private void read(List<Path> sources) {
        JavaCompiler compiler =
                Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "compiler: none (expected: a JDK)");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, _ -> {}, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Reader(trees).scan(unit, String.valueOf(unit.getPackageName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Walks down with the name of what it is in. */
    private final class Reader extends TreePathScanner<@Nullable Void, String> {

        private final DocTrees trees;

        Reader(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, String within) {
            String name = within + "." + type.getSimpleName();
            note(name);
            return super.visitClass(type, name);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, String within) {
            note(within + "#" + method.getName());
            return super.visitMethod(method, within);
        }

        private void note(String name) {
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment == null) {
                return;
            }
            Map<String, String> parameters = new HashMap<>();
            for (DocTree tag : comment.getBlockTags()) {
                if (tag instanceof ParamTree parameter) {
                    parameters.put(parameter.getName().toString(), markdown(parameter.getDescription()));
                }
            }
            comments.put(
                    name, new Comment(markdown(comment.getFirstSentence()), markdown(comment.getBody()), parameters));
        }
    }

    private static String markdown(List<? extends DocTree> parts) {
        StringBuilder text = new StringBuilder();
        for (DocTree part : parts) {
            text.append(
                    switch (part) {
                        case TextTree plain -> plain.getBody();
                        case LiteralTree code -> "`" + code.getBody().getBody() + "`";
                        case LinkTree link ->
                            link.getLabel().isEmpty()
                                    ? "`" + link.getReference().getSignature() + "`"
                                    : markdown(link.getLabel());
                        case EntityTree entity -> "&" + entity.getName() + ";";
                        case StartElementTree element when element.getName().contentEquals("p") -> "\f";
                        default -> "";
                    });
        }
        return text.toString().strip().replaceAll("[ \\t\\r\\n]+", " ").replaceAll(" ?\f ?", "\n\n");
    }
}
