package io.porchlight.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thymeleaf.exceptions.TemplateInputException;

/** What marketers may write into a template, and what nobody may. */
class TemplateFileTest {

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p th:text=\"${order.id}\"></p>",
                "<p th:text=\"${ order.id }\"></p>",
                "<p th:text=\"${\n  order.id\n}\"></p>",
                "<p>Order [[${order.id}]]</p>",
                "<p th:text=\"|Order ${order.id} of ${customer.name}|\"></p>",
                "<p th:if=\"${milestone.note} != '' and not ${promise.known}\" th:text=\"${milestone.note} ?: 'none'\"></p>",
                "<p th:each=\"line, stat : ${order.lines}\" th:text=\"${stat.first} ? '' : ${line.name}\"></p>",
                "<p th:text=\"#{greeting(${customer.firstName})}\"></p>",
                "<p th:replace=\"~{layout/letter :: paragraph(#{happened(${order.id})})}\"></p>",
                "<html th:replace=\"~{layout/letter :: letter(~{::title}, #{headline}, ~{::story})}\"></html>",
                "<p th:replace=\"${story}\"></p>",
                "<p th:insert=\"~{}\"></p>",
                "<p style=\"width:100%;max-width: 480px\"><!--/* a remark, such as __ or @{} */-->&copy; &amp; &lt;</p>",
                "<a th:href=\"${links.order}\" th:aria-label=\"#{order.follow}\">the 5th-best</a>",
                "<!--[if mso]><table><tr><td><![endif]-->",
            })
    void letsThrough(String template) throws IOException {
        assertThat(read("fine.html", template)).isEqualTo(template);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // more than a path
                "<p th:text=\"${T(java.lang.Runtime).getRuntime()}\"></p>",
                "<p th:text=\"${order.id.length()}\"></p>",
                "<p th:text=\"${@bean}\"></p>",
                "<p th:text=\"${#strings}\"></p>",
                "<p th:text=\"${#ctx.variables}\"></p>",
                "<p th:text=\"${order['id']}\"></p>",
                "<p th:text=\"${{order.id}}\"></p>",
                "<p th:text=\"${order.id + 1}\"></p>",
                "<p th:text=\"${new java.io.File('x')}\"></p>",
                "<p th:text=\"${}\"></p>",
                "<p th:text=\"${order.id\"></p>",
                "<p>[[${T(java.lang.Runtime)}]]</p>",
                "<p th:with=\"x=${T(java.lang.Runtime)}\"></p>",
                "<p th:fragment=\"x(${T(java.lang.Runtime)})\"></p>",
                "<p th:text=\"#{greeting(${T(java.lang.Runtime)})}\"></p>",
                // other expressions
                "<p th:text=\"__${customer.name}__\"></p>",
                "<p th:text=\"*{name}\"></p>",
                "<p th:object=\"${customer}\"></p>",
                "<a th:href=\"@{/x}\"></a>",
                // other attributes
                "<p th:utext=\"${customer.name}\"></p>",
                "<p TH:UTEXT=\"${customer.name}\"></p>",
                "<p data-th-utext=\"${customer.name}\"></p>",
                "<p data-th-text=\"${customer.name}\"></p>",
                "<p th:data-th-utext=\"${customer.name}\"></p>",
                "<p th:attr=\"th:utext=${customer.name}\"></p>",
                "<p th:attr=\"onclick=${customer.name}\"></p>",
                "<p th:attrappend=\"style=${customer.name}\"></p>",
                "<p th:onclick=\"${customer.name}\"></p>",
                "<p th:ref=\"x\" th:assert=\"${order.id}\"></p>",
                "<script th:inline=\"javascript\">[[${customer.name}]]</script>",
                "<p th:INLINE=\"text\">[# th:utext=\"${customer.name}\"/]</p>",
                "<p th:include=\"layout/letter\"></p>",
                "<th-block th-utext=\"x\"></th-block>",
                // text that is not escaped
                "<p>[(${customer.name})]</p>",
                "<p>&#91;(${customer.name})]</p>",
                // other templates
                "<p th:replace=\"~{../application.yaml}\"></p>",
                "<p th:replace=\"~{file:/etc/passwd}\"></p>",
                "<p th:replace=\"~{${customer.name}}\"></p>",
                "<p th:replace=\"~{layout/letter :: ${customer.name}}\"></p>",
                "<p th:replace=\"~{layout/letter :: (${customer.name})}\"></p>",
                "<p th:replace=\"${customer.name}\"></p>",
                "<p th:insert = 'layout/letter'></p>",
                "<p th:insert=layout/letter></p>",
                "<p th:insert=\"|${customer.name}|\"></p>",
                // hidden in entities
                "<p th:text=\"$&#123;T(java.lang.Runtime)}\"></p>",
                "<p th:text=\"&#36;&lbrace;T(java.lang.Runtime)&rbrace;\"></p>",
                "<p th:text=\"&dollar;{order.getClass()}\"></p>",
                "<p th:text=\"&#95;&#x5f;${customer.name}&lowbar;&UnderBar;\"></p>",
                "<p th:text=\"&ast;{name}\"></p>",
                "<a th:href=\"&commat;{/x}\"></a>",
                // hidden between comments, which are gone before anything else is read
                "<p th:ut<!--/* */-->ext=\"${customer.name}\"></p>",
                "<p th:text=\"_<!--/* */-->_${customer.name}_<!--/* */-->_\"></p>",
                "<p th:text=\"$<!--/*\n*/-->{T(java.lang.Runtime)}\"></p>",
                "<p th:ut<!--/<!--/* */-->* */-->ext=\"${customer.name}\"></p>",
                "<p th:ut<!--/*/ext=\"${customer.name}\"/*/-->></p>",
                // over lines
                "<p th:text=\"${\nT(java.lang.Runtime)\n}\"></p>",
                "<p th:text=\"_\n_${customer.name}\n__\"></p>",
                "<p\n  th:utext\n  =\"${customer.name}\"></p>",
            })
    void refusesAndNamesFileAndLine(String template) {
        String page = "<html>\n<body>\n" + template;

        assertThatThrownBy(() -> read("trial.html", page))
                .isInstanceOf(TemplateInputException.class)
                .hasMessageMatching("(?s)trial\\.html, line [3-6]: .+ is refused; .+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[(${T(java.lang.Runtime)})]",
                "[(__${customer.name}__)]",
                "[# th:utext=\"${customer.name}\"/]",
                "[# th:insert=\"~{../application.yaml}\"/]",
                "[# th:insert=\"${customer.name}\"/]",
                "[(*{name})]",
                "[(@{/x})]",
                "/*[- */ [(${order.id})] /* -]*/",
                "[# th:inline=\"javascript\"][/]",
            })
    void refusesTheSameInTextLetters(String template) {
        assertThatThrownBy(() -> read("trial.txt", "Dear customer,\n" + template))
                .isInstanceOf(TemplateInputException.class)
                .hasMessageMatching("(?s)trial\\.txt, line 2: .+ is refused; .+");
    }

    @Test
    void letsTextLettersPrintPlainText() throws IOException {
        String letter =
                "Dear [(${customer.firstName})],\n[# th:if=\"${milestone.note} != ''\"][(${milestone.note})][/]\n";

        assertThat(read("fine.txt", letter)).isEqualTo(letter);
    }

    @Test
    void namesTheExpressionAndTheMend() {
        assertThatThrownBy(() -> read("trial.html", "<html>\n<p th:text=\"${order.id.length()}\">"))
                .hasMessageContaining("trial.html, line 2")
                .hasMessageContaining("${order.id.length()}")
                .hasMessageContaining("such as ${order.id}");
    }

    private String read(String name, String template) throws IOException {
        Files.writeString(folder.resolve(name), template);
        try (var classes = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
                var reader = new TemplateFile(classes, name).reader()) {
            var text = new java.io.StringWriter();
            reader.transferTo(text);
            return text.toString();
        }
    }
}
