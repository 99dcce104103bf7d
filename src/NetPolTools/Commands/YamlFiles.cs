using System.Management.Automation;
using NetPolTools.Objects;
using NetPolTools.Writing;

namespace NetPolTools.Commands;

/// <summary>Documents on their way into one file, or into a folder with a file for each.</summary>
/// <param name="path">The file; or the folder, which ends in a separator, has no extension or is there already.</param>
/// <param name="overwrite">Whether files that hold something else may be replaced.</param>
/// <param name="passThru">Whether to give the files.</param>
/// <param name="cmdlet">Asked before each file, and given the files.</param>
/// <param name="writeError">Told what could not be written.</param>
internal sealed class YamlFiles(string path, bool overwrite, bool passThru, Cmdlet cmdlet, Action<ErrorRecord> writeError)
{
    private readonly bool _isFolder = System.IO.Path.EndsInDirectorySeparator(path) || !System.IO.Path.HasExtension(path) || Directory.Exists(path);
    private readonly Dictionary<string, ObjectReference> _written = new(StringComparer.OrdinalIgnoreCase);
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
        if (!_written.TryAdd(file, reference))
            writeError(ErrorRecords.SameFile(file, _written[file], reference, source));
        else
            Write(file, yaml, reference.ToString(), source);
    }

    /// <summary>Writes what belongs into one file, now that all of it is there.</summary>
    public void Finish()
    {
        if (_documents.Count > 0)
            Write(path, string.Join('\n', _documents.Select(static yaml => yaml.TrimEnd('\n'))), _documents.Count == 1 ? "one object" : $"{_documents.Count} objects", path);
    }

    private void Write(string file, string yaml, string what, object? source)
    {
        var text = yaml.EndsWith('\n') ? yaml : yaml + "\n";
        try
        {
            var isThere = File.Exists(file);
            if (!WholeFile.Holds(file, text))
            {
                if (isThere && !overwrite)
                {
                    writeError(ErrorRecords.FileExists(file));
                    return;
                }

                if (!cmdlet.ShouldProcess(file, isThere ? $"Replace with {what}" : $"Write {what}"))
                    return;
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
                WholeFile.Write(file, text, overwrite);
            }

            if (passThru)
                cmdlet.WriteObject(new FileInfo(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            writeError(ErrorRecords.Unwritable(file, e, source));
        }
    }
}
