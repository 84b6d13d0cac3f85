package dev.wonflow.subscription.notice.mail;

import dev.wonflow.subscription.notice.Language;
import dev.wonflow.subscription.notice.NoticeKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * What mails say: a text file for each kind and language, such as {@code ko/payment-failed.txt}, and a foot for all,
 * {@code ko/foot.txt}. The first line is the subject. A name in braces stands for what the notice says of it; a line
 * with a name that the notice leaves out is left out, too, and in the subject the name is.
 */
final class MailTemplates {

    /** What every mail knows beside what its notice says. */
    static final String SERVICE_NAME = "serviceName";

    static final String BILLING_PAGE = "billingPage";

    private static final Pattern NAME = Pattern.compile("\\{([a-zA-Z]+)}");

    private final Map<Language, Map<NoticeKind, Template>> templates;

    private MailTemplates(Map<Language, Map<NoticeKind, Template>> templates) {
        this.templates = templates;
    }

    /**
     * Reads all of them.
     *
     * @param folder as Spring names resources, with a slash at its end
     * @throws IllegalArgumentException if one is missing, or asks for what no notice of its kind says
     */
    static MailTemplates read(ResourceLoader resources, String folder) {
        Map<Language, Map<NoticeKind, Template>> all = new EnumMap<>(Language.class);
        for (Language language : Language.values()) {
            String ofLanguage = folder + language.code() + "/";
            List<String> foot = lines(resources.getResource(ofLanguage + "foot.txt"));
            requireKnown(ofLanguage + "foot.txt", foot, Set.of(SERVICE_NAME, BILLING_PAGE));
            Map<NoticeKind, Template> ofKind = new EnumMap<>(NoticeKind.class);
            for (NoticeKind kind : NoticeKind.values()) {
                String name = ofLanguage + kind.code() + ".txt";
                ofKind.put(kind, template(name, lines(resources.getResource(name)), foot, kind));
            }
            all.put(language, ofKind);
        }
        return new MailTemplates(all);
    }

    private static Template template(String name, List<String> lines, List<String> foot, NoticeKind kind) {
        if (lines.size() < 3 || lines.getFirst().isBlank() || !lines.get(1).isBlank()) {
            throw new IllegalArgumentException(
                    "template " + name + ": no subject or no text (expected: a subject, an empty line, the text)");
        }
        Set<String> known = new HashSet<>(kind.facts());
        known.addAll(Set.of(SERVICE_NAME, BILLING_PAGE));
        requireKnown(name, lines, known);
        return new Template(lines.getFirst(), lines.subList(2, lines.size()), foot);
    }

    private static void requireKnown(String name, List<String> lines, Set<String> known) {
        for (String line : lines) {
            names(line).stream()
                    .filter(asked -> !known.contains(asked))
                    .findFirst()
                    .ifPresent(unknown -> {
                        throw new IllegalArgumentException("template " + name + ": {" + unknown + "} (expected: one of "
                                + known.stream().sorted().toList() + ")");
                    });
        }
    }

    private static List<String> lines(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("template " + file.getDescription() + " (expected: one of each kind)", e);
        }
    }

    private static List<String> names(String line) {
        return NAME.matcher(line).results().map(found -> found.group(1)).toList();
    }

    /**
     * Writes a mail.
     *
     * @param facts what each name stands for, in words; empty where the notice says nothing
     */
    Text write(NoticeKind kind, Language language, Function<String, Optional<String>> facts) {
        Template template = Objects.requireNonNull(
                Objects.requireNonNull(templates.get(language)).get(kind));
        StringBuilder text = new StringBuilder();
        template.text()
                .forEach(line ->
                        filled(line, facts).ifPresent(full -> text.append(full).append('\n')));
        text.append("\n-- \n");
        template.foot()
                .forEach(line ->
                        filled(line, facts).ifPresent(full -> text.append(full).append('\n')));
        String subject = NAME.matcher(template.subject())
                .replaceAll(name -> facts.apply(name.group(1))
                        .map(MailTemplates::onOneLine)
                        .map(Matcher::quoteReplacement)
                        .orElse(""));
        return new Text(subject.strip(), text.toString());
    }

    /** Or what a plan is called could begin a header or another paragraph. */
    private static String onOneLine(String fact) {
        return fact.replaceAll("\\p{Cntrl}", " ");
    }

    private static Optional<String> filled(String line, Function<String, Optional<String>> facts) {
        StringBuilder full = new StringBuilder();
        Matcher name = NAME.matcher(line);
        while (name.find()) {
            Optional<String> fact = facts.apply(name.group(1));
            if (fact.isEmpty()) {
                return Optional.empty();
            }
            name.appendReplacement(full, Matcher.quoteReplacement(onOneLine(fact.get())));
        }
        return Optional.of(name.appendTail(full).toString());
    }

    /** A mail without its sender. */
    record Text(String subject, String body) {}

    private record Template(String subject, List<String> text, List<String> foot) {}
}
