using System.Xml;

namespace NetPolTools.Reports;

/// <summary>What reports in XML have in common.</summary>
internal static class ReportXml
{
    /// <summary>Writes one document.</summary>
    public static void Write(TextWriter output, Action<XmlWriter> write)
    {
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
            write(xml);
        output.Write('\n');
    }

    /// <summary>An attribute that holds a number.</summary>
    public static void Number(XmlWriter xml, string name, int value) => xml.WriteAttributeString(name, XmlConvert.ToString(value));
}
