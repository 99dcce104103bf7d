using System.Text;

namespace NetPolTools.Tests.Support;

/// <summary>A folder for one test, gone with it.</summary>
internal sealed class ManifestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netpol tests ");

    public string Path => _folder.FullName;

    /// <summary>Writes a file below the folder and gives its path.</summary>
    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        var file = At(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return file;
    }

    public string At(string name) => System.IO.Path.Combine([Path, .. name.Split('/')]);

    public void Dispose() => _folder.Delete(recursive: true);
}
