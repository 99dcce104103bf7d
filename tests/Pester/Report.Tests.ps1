# Export-NetPolReport of a cluster: what each form is, where it goes, and where it does not.
BeforeAll {
    . $PSScriptRoot/Support.ps1
    $before = Join-Path $manifests three-tier
    $after = Join-Path $manifests three-tier-next
}

Describe 'Export-NetPolReport of a cluster' {
    It 'writes <Format>' -ForEach @(
        @{ Format = 'Html'; Begins = '<!DOCTYPE html>*' }
        @{ Format = 'Markdown'; Begins = '<!-- netpoltools report -->*' }
        @{ Format = 'Mermaid'; Begins = 'flowchart LR*' }
        @{ Format = 'Dot'; Begins = 'digraph *' }
        @{ Format = 'Svg'; Begins = '<svg *' }
        @{ Format = 'Csv'; Begins = 'SourceNamespace,*' }
        @{ Format = 'Json'; Begins = '{*' }
    ) {
        Export-NetPolReport -Manifest $before -Format $Format | Should -BeLike $Begins
    }

    It 'takes <Name> as they come' -ForEach @(
        @{ Name = 'files'; Given = { Get-ChildItem $before -Filter *.yaml } }
        @{ Name = 'snapshots'; Given = { Get-NetPolSnapshot $before } }
        @{ Name = 'text'; Given = { Get-Content $before/*.yaml -Raw } }
    ) {
        $csv = & $Given | Export-NetPolReport -Format Csv | ConvertFrom-Csv
        $expected = Get-NetPolReachability $before
        $csv.Count | Should -Be $expected.Count
        $csv | Where-Object { $_.Source -eq 'api' -and $_.Destination -eq 'db' } | ForEach-Object Ports | Should -Be 'TCP 3306'
    }

    It 'says what changes against another state' {
        $json = Export-NetPolReport -Manifest $after -Reference $before -Format Json | ConvertFrom-Json
        $json.difference.changes.Count | Should -Be @(Compare-NetPolReachability $before $after | Where-Object Change -in Opened, Closed, Changed).Count
        $json.figures.workloads | Should -Be 4
        $text = Export-NetPolReport -Manifest $after -Reference (Get-NetPolSnapshot $before) -Format Markdown
        $text | Should -BeLike '*connections opened*'
    }

    It 'writes the table <Part>' -ForEach @(
        @{ Part = 'Isolation'; Given = { Get-NetPolIsolation $before } }
        @{ Part = 'Namespaces'; Given = { Get-NetPolIsolation $before -By Namespace } }
        @{ Part = 'Exposure'; Given = { Get-NetPolExposure $before } }
    ) {
        $csv = @(Export-NetPolReport -Manifest $before -Format Csv -Part $Part | ConvertFrom-Csv)
        $expected = @(& $Given)
        $csv.Namespace | Should -Be $expected.Namespace
        if ($Part -eq 'Exposure') { $csv.Who | Should -Be $expected.Who }
    }

    It 'has the exposure that Get-NetPolExposure tells' {
        $json = Export-NetPolReport -Manifest $before -Format Json -IncludeExposure | ConvertFrom-Json
        $json.exposure.exposure.who | Should -Be (Get-NetPolExposure $before).Who
    }

    It 'takes the form from the name of the file, and replaces no other file' {
        $file = Join-Path $TestDrive 'a folder/picture.svg'
        Export-NetPolReport $file -Manifest $before -WhatIf
        $file | Should -Not -Exist
        (Export-NetPolReport $file -Manifest $before -PassThru).FullName | Should -Be (Get-Item $file).FullName
        ([xml](Get-Content $file -Raw)).svg.title | Should -BeLike 'Who can reach whom*'
        Export-NetPolReport $file -Manifest $after -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'FileExists,*'
        Export-NetPolReport $file -Manifest $after -Force
        Get-Content $file -Raw | Should -Match 'shop/cache'
    }

    It 'draws the neighbours of one workload' {
        Export-NetPolReport -Manifest $before -Format Svg -Workload shop/db | Should -BeLike '*reached by 1 at the left*'
        { Export-NetPolReport -Manifest $before -Format Svg -Workload nobody } | Should -Throw '*no workload*'
        { Export-NetPolReport -Manifest $before -Format Html -Workload shop/db } | Should -Throw '*-Workload*'
    }

    It 'refuses <Why>' -ForEach @(
        @{ Why = 'to open what is no file'; Given = @{ Show = $true }; Says = '*-Path*' }
        @{ Why = 'a part of what is no table'; Given = @{ Part = 'Exposure' }; Says = '*-Format Csv*' }
        @{ Why = 'a difference from nothing'; Given = @{ Part = 'Difference'; Format = 'Csv' }; Says = '*-Reference*' }
        @{ Why = 'to apply to nothing'; Given = @{ Apply = $true }; Says = '*-Reference*' }
    ) {
        { Export-NetPolReport -Manifest $before @Given } | Should -Throw $Says
    }

    It 'says what is wrong with the input, and gives nothing where nothing is in it' {
        $out = Export-NetPolReport -Manifest (Join-Path $TestDrive nothing) -Format Html -ErrorAction SilentlyContinue -ErrorVariable failed
        $out | Should -BeNullOrEmpty
        $failed | Should -Not -BeNullOrEmpty
    }
}
