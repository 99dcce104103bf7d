namespace NetPolTools.Kubectl;

internal enum OutputFormat
{
    Table,
    Json,
    Csv,
}
