using System.Globalization;
using System.Xml;
using NetPolTools.Asking;
using NetPolTools.Text;

namespace NetPolTools.Reports;

/// <summary>Findings as results of NUnit 3: a suite for each rule, a failed test for each object.</summary>
public sealed class LintNUnitWriter(TextWriter output)
{
    private int _lastId;

    public void Write(LintReport report) => LintXml.Write(output, xml =>
    {
        var suites = LintSuite.Of(report);
        _lastId = 0;
        xml.WriteStartElement("test-run");
        Attributes(xml, "netpol lint", suites);
        xml.WriteStartElement("test-suite");
        xml.WriteAttributeString("type", "Assembly");
        Attributes(xml, "netpol lint", suites);
        foreach (var suite in suites)
            Write(xml, suite, report);
        xml.WriteEndElement();
        xml.WriteEndElement();
    });

    private void Write(XmlWriter xml, LintSuite suite, LintReport report)
    {
        xml.WriteStartElement("test-suite");
        xml.WriteAttributeString("type", "TestFixture");
        Attributes(xml, suite.Name, [suite]);
        foreach (var failed in suite.Failed)
        {
            Begin(xml, failed.Key, $"{suite.Rule.Id}.{failed.Key}", "Failed");
            xml.WriteStartElement("failure");
            xml.WriteElementString("message", string.Join('\n', failed.Select(static finding => Printable.Of(finding.Message))));
            xml.WriteElementString("stack-trace", string.Join('\n', failed.Select(LintWords.Line)));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        if (suite.Failed.Count == 0)
        {
            Begin(xml, suite.Rule.Description, suite.Name, suite.IsSkipped ? "Skipped" : "Passed");
            if (suite.IsSkipped)
            {
                xml.WriteStartElement("reason");
                xml.WriteElementString("message", LintTextWriter.SumOfSilent(report));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void Begin(XmlWriter xml, string name, string fullName, string result)
    {
        xml.WriteStartElement("test-case");
        Id(xml);
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("fullname", fullName);
        xml.WriteAttributeString("result", result);
        LintXml.Number(xml, "asserts", 0);
    }

    private void Attributes(XmlWriter xml, string name, LintSuite[] suites)
    {
        var failed = suites.Sum(static suite => suite.Failed.Count);
        var skipped = suites.Count(static suite => suite.IsSkipped);
        Id(xml);
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("fullname", name);
        LintXml.Number(xml, "testcasecount", suites.Sum(static suite => suite.TestCount));
        xml.WriteAttributeString("result", failed > 0 ? "Failed" : skipped == suites.Length ? "Skipped" : "Passed");
        LintXml.Number(xml, "total", suites.Sum(static suite => suite.TestCount));
        LintXml.Number(xml, "passed", suites.Count(static suite => suite.HasPassed));
        LintXml.Number(xml, "failed", failed);
        LintXml.Number(xml, "inconclusive", 0);
        LintXml.Number(xml, "skipped", skipped);
        LintXml.Number(xml, "asserts", 0);
    }

    private void Id(XmlWriter xml) => xml.WriteAttributeString("id", (++_lastId).ToString(CultureInfo.InvariantCulture));
}
