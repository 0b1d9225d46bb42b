import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.ErrorDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Checks PDF files against PDF/UA-1 with veraPDF's core: one line per file, then one per broken rule. */
public class Check {
    private static final PDFAFlavour FLAVOUR = PDFAFlavour.PDFUA_1;

    /** The text of the first child element of that name; an empty string without it. */
    private static String text(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    /** The profile, read by hand: the jar that carries the rules has no JAXB to read them with. */
    private static ValidationProfile profile() throws Exception {
        Document xml;
        try (InputStream in = Check.class.getResourceAsStream("/org/verapdf/pdfa/validation/PDFUA-1.xml")) {
            xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
        Set<Rule> rules = new HashSet<>();
        NodeList found = xml.getElementsByTagName("rule");
        for (int i = 0; i < found.getLength(); i++) {
            Element rule = (Element) found.item(i);
            Element id = (Element) rule.getElementsByTagName("id").item(0);
            List<ErrorArgument> arguments = new ArrayList<>();
            NodeList named = rule.getElementsByTagName("argument");
            for (int j = 0; j < named.getLength(); j++) {
                arguments.add(ErrorArgumentImpl.fromValues(named.item(j).getTextContent(), null, null));
            }
            ErrorDetails error = Profiles.errorFromValues(text(rule, "message"), arguments);
            Boolean deferred = rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null;
            rules.add(Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(FLAVOUR.getPart(), id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"), deferred, rule.getAttribute("tags"), text(rule, "description"), text(rule, "test"),
                error, new ArrayList<>()));
        }
        Set<Variable> variables = new HashSet<>();
        found = xml.getElementsByTagName("variable");
        for (int i = 0; i < found.getLength(); i++) {
            Element v = (Element) found.item(i);
            variables.add(Profiles.variableFromValues(
                v.getAttribute("name"), v.getAttribute("object"), text(v, "defaultValue"), text(v, "value")));
        }
        return Profiles.profileFromValues(FLAVOUR, Profiles.defaultProfile().getDetails(), "", rules, variables);
    }

    public static void main(String[] paths) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile = profile();
        System.out.println("rules\t" + profile.getRules().size());
        for (String path : paths) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(path), FLAVOUR);
                 PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, 10000, true, true, false)) {
                ValidationResult result = validator.validate(parser);
                System.out.println("file\t" + path + "\t" + result.isCompliant() + "\t" + result.getTotalAssertions());
                Set<String> said = new HashSet<>();
                for (TestAssertion a : result.getTestAssertions()) {
                    String rule = a.getRuleId().getClause() + "-" + a.getRuleId().getTestNumber();
                    if (a.getStatus() == TestAssertion.Status.FAILED && said.add(rule)) {
                        String message = a.getErrorMessage() == null ? a.getMessage() : a.getErrorMessage();
                        System.out.println("broken\t" + rule + "\t" + message + "\t" + a.getLocation().getContext());
                    }
                }
            }
        }
    }
}
