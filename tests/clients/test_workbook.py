"""openpyxl, pandas and LibreOffice open the workbook; LibreOffice opens the CSV for spreadsheets."""

import csv
import datetime
import io
import subprocess

import openpyxl
import pandas as pd
import pytest


@pytest.fixture(scope="module")
def workbook(server):
    return openpyxl.load_workbook(io.BytesIO(server.get("/export.xlsx").body))


def libreoffice(folder, source, to):
    """Has LibreOffice convert a file, and returns what it made."""
    done = subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", to, "--outdir", str(folder), str(source)],
        capture_output=True, timeout=180, check=False)
    assert done.returncode == 0, done.stderr
    made = sorted(set(folder.glob("*")) - {source, folder / "profile"}, key=lambda path: path.stat().st_mtime)
    assert made, done.stdout
    return made


def test_the_sheet_is_the_screen(server, filters, shown):
    answer = server.get("/export.xlsx", filters)
    table = pd.read_excel(io.BytesIO(answer.body), sheet_name="Events", dtype={"event_id": str})
    assert list(table["event_id"]) == shown
    assert answer.total == len(shown)


def test_the_sheets_have_frozen_heads_filters_and_widths(workbook):
    assert workbook.sheetnames == ["Events", "Sources", "Codebook"]
    for name in ["Events", "Sources"]:
        sheet = workbook[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.bold
    assert workbook["Events"].column_dimensions["K"].width > 50
    assert workbook["Codebook"].freeze_panes == "A2"


def test_days_are_days_and_addresses_are_links(server, workbook):
    sheet = workbook["Events"]
    names = [cell.value for cell in sheet[1]]
    rows = {row[0].value: dict(zip(names, row)) for row in sheet.iter_rows(min_row=2)}
    table = pd.read_csv(io.StringIO(server.get("/export.csv", {"dialect": "raw"}).text), dtype=str, keep_default_na=False)
    dates = 0
    for told in table.to_dict("records"):
        row = rows[told["event_id"]]
        assert row["url"].hyperlink.target == told["url"]
        assert isinstance(row["created_at"].value, datetime.datetime)
        for column in ["date", "date_earliest", "date_latest", "first_reported", "effective_date"]:
            value = row[column].value
            if isinstance(value, datetime.datetime):
                assert value.date().isoformat() == told[column]
                assert row[column].number_format == "yyyy-mm-dd"
                dates += 1
            else:
                assert (value or "") == told[column]
                assert not (len(told[column]) == 10 and told[column][:2] in ("19", "20")), told
        for column in ["headline", "summary", "quote", "authority", "named", "tags"]:
            assert (row[column].value or "") == told[column]
            assert row[column].data_type != "f", "a text became a formula"
    assert dates > 2 * len(table)


def test_the_sources_and_the_codebook_go_with_it(server, workbook):
    names, *rows = workbook["Sources"].iter_rows(values_only=True)
    told = list(csv.DictReader(io.StringIO(server.get("/sources.csv", {"dialect": "raw"}).text, newline="")))
    assert [row[:5] for row in rows] == [
        (one["event_id"], int(one["position"]), one["url"] or None, one["publisher"] or None, one["title"] or None) for one in told]
    head = [cell.value for cell in workbook["Events"][1]]
    described = [row[1] for row in workbook["Codebook"].iter_rows(min_row=2, values_only=True) if row[0] == "Events"]
    assert described == head


def test_libreoffice_reads_the_workbook(server, workbook, tmp_path):
    source = tmp_path / "record.xlsx"
    source.write_bytes(server.get("/export.xlsx").body)
    # the last number asks for every sheet, each in a file of its own
    made = libreoffice(tmp_path, source, 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1')
    sheets = {path.stem.rsplit("-", 1)[-1]: list(csv.DictReader(path.open(encoding="utf-8", newline=""))) for path in made}
    assert set(sheets) == {"Events", "Sources", "Codebook"}
    told = pd.read_csv(io.StringIO(server.get("/export.csv", {"dialect": "raw"}).text), dtype=str, keep_default_na=False)
    assert [row["event_id"] for row in sheets["Events"]] == list(told["event_id"])
    assert [row["headline"] for row in sheets["Events"]] == list(told["headline"])
    assert [row["date_earliest"] for row in sheets["Events"]] == list(told["date_earliest"])


def test_libreoffice_opens_the_csv_for_spreadsheets_without_running_anything(server, tmp_path):
    source = tmp_path / "record.csv"
    source.write_bytes(server.get("/export.csv").body)
    made = [path for path in libreoffice(tmp_path, source, "xlsx") if path.suffix == ".xlsx"]
    sheet = openpyxl.load_workbook(made[0]).active
    told = pd.read_csv(io.StringIO(server.get("/export.csv").body.decode("utf-8-sig")), dtype=str, keep_default_na=False)
    assert [cell.value for cell in sheet["A"]][1:] == list(told["event_id"])
    for column in sheet.iter_cols(min_row=2):
        for cell in column:
            assert cell.data_type != "f", f"{cell.coordinate} became a formula: {cell.value}"
