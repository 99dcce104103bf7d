using System.Management.Automation;
using NetPolTools.Objects;
using NetPolTools.Writing;

namespace NetPolTools.Commands;

/// <summary>Documents on their way into one file, or into a folder with a file for each.</summary>
/// <param name="path">The file; or the folder, which ends in a separator, has no extension or is there already.</param>
/// <param name="overwrite">Whether files that hold something else may be replaced.</param>
/// <param name="cmdlet">Asked before each file, and told what could not be written.</param>
/// <param name="onWritten">Told the path of each file that holds what it is to hold.</param>
internal sealed class YamlFiles(string path, bool overwrite, Cmdlet cmdlet, Action<string> onWritten)
{
    private readonly bool _isFolder = System.IO.Path.EndsInDirectorySeparator(path) || !System.IO.Path.HasExtension(path) || Directory.Exists(path);
    private readonly Dictionary<string, (ObjectReference Reference, string Yaml)> _written = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _documents = [];

    /// <param name="reference">What the document describes.</param>
    /// <param name="yaml">Without an end of its last line.</param>
    /// <param name="source">The object it was made of, for errors to name.</param>
    public void Add(ObjectReference reference, string yaml, object? source)
    {
        if (!_isFolder)
        {
            _documents.Add(yaml);
            return;
        }

        var file = System.IO.Path.Combine(path, ManifestFileName.Of(reference));
        if (_written.TryAdd(file, (reference, yaml)))
            Write(file, yaml, reference.ToString(), source);
        else if (_written[file].Yaml != yaml)
            cmdlet.WriteError(ErrorRecords.SameFile(file, _written[file].Reference, reference, source));
    }

    /// <summary>Writes what belongs into one file, now that all of it is there.</summary>
    /// <param name="isWhole">Whether everything that came in is among it; what is not would be lost with the file that it was in.</param>
    public void Finish(bool isWhole)
    {
        if (_documents.Count > 0 && !isWhole && File.Exists(path))
            cmdlet.WriteError(ErrorRecords.NotWhole(path));
        else if (_documents.Count > 0)
            Write(path, string.Join('\n', _documents.Select(static yaml => yaml.TrimEnd('\n'))), _documents.Count == 1 ? "one object" : $"{_documents.Count} objects", path);
    }

    private void Write(string file, string yaml, string what, object? source)
    {
        var text = yaml.EndsWith('\n') ? yaml : yaml + "\n";
        try
        {
            if (_isFolder && File.Exists(path))
                throw new IOException("A path without an extension stands for a folder with a file for each object, and this one is a file that is there already.");
            var isThere = File.Exists(file);
            if (!WholeFile.Holds(file, text))
            {
                if (isThere && !overwrite)
                {
                    cmdlet.WriteError(ErrorRecords.FileExists(file));
                    return;
                }

                if (!cmdlet.ShouldProcess(file, isThere ? $"Replace with {what}" : $"Write {what}"))
                    return;
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
                WholeFile.Write(file, text, overwrite);
            }

            onWritten(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            cmdlet.WriteError(ErrorRecords.Unwritable(file, e, source));
        }
    }
}
