using System.Xml;
using NetPolTools.Asking;
using NetPolTools.Linting;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Findings as test results in the form that JUnit's runner for Ant made common: a suite for each rule, a failed test for each object.</summary>
/// <param name="output">Where to.</param>
/// <param name="root">The folder of the repository.</param>
public sealed class LintJUnitWriter(TextWriter output, string root)
{
    private readonly LintPaths _paths = new(root);

    public void Write(LintReport report) => LintXml.Write(output, xml =>
    {
        var suites = LintSuite.Of(report);
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "netpol lint");
        Counts(xml, suites);
        foreach (var suite in suites)
            Write(xml, suite, report);
        xml.WriteEndElement();
    });

    private void Write(XmlWriter xml, LintSuite suite, LintReport report)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", suite.Name);
        Counts(xml, [suite]);
        foreach (var failed in suite.Failed)
            Write(xml, suite, failed);
        if (suite.Failed.Count == 0)
        {
            xml.WriteStartElement("testcase");
            xml.WriteAttributeString("classname", suite.Rule.Id);
            xml.WriteAttributeString("name", suite.Rule.Description);
            if (suite.IsSkipped)
            {
                xml.WriteStartElement("skipped");
                xml.WriteAttributeString("message", LintTextWriter.SumOfSilent(report));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void Write(XmlWriter xml, LintSuite suite, IGrouping<string, LintFinding> failed)
    {
        var first = failed.First();
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", suite.Rule.Id);
        xml.WriteAttributeString("name", failed.Key);
        if (first.Location.File is { } file)
            xml.WriteAttributeString("file", Printable.Of(_paths.Of(file)));
        if (first.Location.Line > 0)
            LintXml.Number(xml, "line", first.Location.Line);
        foreach (var finding in failed)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("type", LintWords.Of(finding.Severity));
            xml.WriteAttributeString("message", Printable.Of(finding.Message));
            xml.WriteString(string.Join('\n', LintWords.Corrections(finding).Prepend(LintWords.Line(finding))));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Counts(XmlWriter xml, IReadOnlyCollection<LintSuite> suites)
    {
        LintXml.Number(xml, "tests", suites.Sum(static suite => suite.TestCount));
        LintXml.Number(xml, "failures", suites.Sum(static suite => suite.Failed.Count));
        LintXml.Number(xml, "errors", 0);
        LintXml.Number(xml, "skipped", suites.Count(static suite => suite.IsSkipped));
    }
}
