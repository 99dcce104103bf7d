using System.Text;
using System.Xml.Linq;

namespace NetPolTools.Module.Tests.Support;

/// <summary>The module's files as they stand in the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string HelpFolder => Path.Combine(Root, "en-US");

    public static string Manifest => ReadText("NetPolTools.psd1");

    /// <summary>The page that tells a newcomer what is where.</summary>
    public static string Map => ReadText("src/README.md");

    public static XDocument Format => ReadXml("src/NetPolTools/NetPolTools.Format.ps1xml");

    public static XDocument Types => ReadXml("src/NetPolTools/NetPolTools.Types.ps1xml");

    public static string ReadText(string path) => File.ReadAllText(Path.Combine(Root, path), Encoding.UTF8);

    private static XDocument ReadXml(string path) => XDocument.Load(Path.Combine(Root, path), LoadOptions.SetLineInfo);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NetPolTools.psd1")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds NetPolTools.psd1.");
    }
}
