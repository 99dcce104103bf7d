using System.Reflection;
using System.Text;
using System.Xml;
using NetPolTools.HelpWriter.Facts;
using NetPolTools.HelpWriter.Writing;

namespace NetPolTools.HelpWriter;

/// <summary>Called by the build of the module: see NetPolTools.csproj.</summary>
internal static class Program
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" };

    /// <param name="args">The module's assembly and manifest, the folder of Markdown files, and the folder to write to.</param>
    private static int Main(string[] args)
    {
        if (args is not [var assembly, var manifest, var folder, var output])
        {
            Console.Error.WriteLine("usage: NetPolTools.HelpWriter ASSEMBLY MANIFEST FOLDER OUTPUT");
            return 2;
        }

        var help = new HelpFolder(Path.GetFullPath(folder), Cmdlet.In(Assembly.LoadFrom(Path.GetFullPath(assembly))));
        var problems = help.FindProblems().ToArray();
        foreach (var problem in problems)
            Console.Error.WriteLine(problem);
        if (problems.Length > 0)
            return 1;

        Directory.CreateDirectory(output);
        using (var xml = XmlWriter.Create(Path.Combine(output, $"{Path.GetFileName(assembly)}-Help.xml"), Settings))
            MamlWriter.Write(help.Pages, OnlinePages.In(File.ReadAllText(manifest))).Save(xml);
        foreach (var topic in help.Topics)
            File.WriteAllText(Path.Combine(output, $"{topic.Name}.help.txt"), AboutWriter.Write(topic));
        return 0;
    }
}
