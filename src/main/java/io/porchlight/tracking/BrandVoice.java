package io.porchlight.tracking;

import io.porchlight.brands.Brand;
import java.text.MessageFormat;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.messageresolver.AbstractMessageResolver;

/** Finds the words that a brand says in its own way; they come before those of the pages. */
final class BrandVoice extends AbstractMessageResolver {

    BrandVoice() {
        setOrder(0);
    }

    @Override
    public @Nullable String resolveMessage(
            ITemplateContext context, @Nullable Class<?> origin, String key, Object @Nullable [] parameters) {
        var own = context.getVariable("brand") instanceof Brand brand
                ? brand.voiceIn(context.getLocale()).get(key)
                : null;
        return own == null ? null : new MessageFormat(own, context.getLocale()).format(parameters);
    }

    @Override
    public @Nullable String createAbsentMessageRepresentation(
            ITemplateContext context, @Nullable Class<?> origin, String key, Object @Nullable [] parameters) {
        return null;
    }
}
